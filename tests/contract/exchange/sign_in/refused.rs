//! What goes no further: wrong requests, replays, tokens that are not right, people who do not work there.

use super::*;

#[test]
fn a_request_that_is_wrong_is_told_to_the_portal_and_never_to_an_address_that_is_not_registered() {
    on_both(|scene| {
        for address in
            ["https://elders.example/", "https://portaal.example/terug", "https://portaal.example/terug?stap=1&x=1", ""]
        {
            is_page(&scene.authorize_with(&[("redirect_uri", address)]), 400);
        }
        is_page(&scene.authorize_with(&[("client_id", "01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17")]), 400);
        is_page(&scene.authorize_with(&[("client_id", "")]), 400);
        let mut twice = scene.parameters();
        twice.push(("state", STATE.to_owned()));
        is_page(&scene.authorize(&twice), 400);
        for (name, value, error) in [
            ("code_challenge_method", "plain", "invalid_request"),
            ("code_challenge_method", "", "invalid_request"),
            ("code_challenge", "", "invalid_request"),
            ("code_challenge", "kort", "invalid_request"),
            ("state", "kort", "invalid_request"),
            ("state", "", "invalid_request"),
            ("response_type", "token", "unsupported_response_type"),
            ("response_mode", "fragment", "invalid_request"),
            ("scope", "profiles:write", "invalid_scope"),
            ("request", "eyJ", "request_not_supported"),
            ("request_uri", "https://portaal.example/r", "request_uri_not_supported"),
            ("organisation", "Oss", "invalid_request"),
        ] {
            assert_eq!(told(&scene.authorize_with(&[(name, value)])), error, "{name}={value}");
        }
        let own = format!("/oauth-clients/{}", scene.portal);
        scene.oss.administrator.client.patch(&own, &json!({"disabled": true})).expect(200);
        is_page(&scene.authorize(&scene.parameters()), 400);
    });
}

#[test]
fn a_state_is_good_once_for_ten_minutes_in_the_browser_that_began() {
    on_both(|scene| {
        let browser = scene.leave();
        let stranger =
            Browser { client: scene.service.anonymous(), state: browser.state.clone(), nonce: String::new() };
        is_page(&scene.return_as(&stranger, "4711"), 400);
        let other = scene.leave();
        let swapped = Browser { client: other.client, state: browser.state.clone(), nonce: String::new() };
        is_page(&scene.return_as(&swapped, "4711"), 400);
        let page = scene.return_as(&browser, "4711");
        is_page(&page, 200);
        is_page(&scene.return_as(&browser, "4711"), 400);
        // Another site, without the cookie, cannot answer for somebody.
        is_page(&scene.decide(&stranger, &page, "allow"), 400);
        scene.decide(&browser, &page, "allow").expect(303);
        let late = scene.leave();
        scene.service.pass(TimeDelta::minutes(10));
        is_page(&scene.return_as(&late, "4711"), 400);
        is_page(&scene.come_back(&scene.leave(), "code=abc"), 400);
        is_page(&scene.come_back(&scene.leave(), "code=abc&state=onbekend"), 400);
    });
}

#[test]
fn a_token_of_the_provider_that_is_not_right_signs_nobody_in() {
    on_both(|scene| {
        let now = domain::Clock::now(&*scene.service.clock).timestamp();
        for (claim, value) in [
            ("nonce", json!("een andere")),
            ("nonce", Value::Null),
            ("aud", json!("intranet")),
            ("aud", json!(["klusnet", "intranet"])),
            ("iss", json!("https://elders.example")),
            ("exp", json!(now - 60)),
            ("nbf", json!(now + 60)),
            ("iat", json!(now + 60)),
            ("employeeNumber", Value::Null),
        ] {
            let browser = scene.leave();
            let mut claims = scene.claims("4711", &browser.nonce);
            claims[claim] = value;
            assert_eq!(told(&scene.return_with(&browser, &claims)), "access_denied", "{claim}");
        }
        let key = Key::rsa(0);
        for forge in [Key::confused, Key::unsigned] {
            let browser = scene.leave();
            let forged = forge(&key, &scene.claims("4711", &browser.nonce));
            scene.provider.signed_in("abc", &forged);
            let answer = scene.come_back(&browser, &format!("code=abc&state={}", browser.state));
            assert_eq!(told(&answer), "access_denied");
        }
        let browser = scene.leave();
        let answer = scene.come_back(&browser, &format!("code=onbekend&state={}", browser.state));
        assert_eq!(told(&answer), "access_denied");
        let browser = scene.leave();
        let answer = scene.come_back(&browser, &format!("error=access_denied&state={}", browser.state));
        assert_eq!(told(&answer), "access_denied");
        let browser = scene.leave();
        let query = format!("code=abc&state={}&iss=https%3A%2F%2Felders.example", browser.state);
        assert_eq!(told(&scene.come_back(&browser, &query)), "access_denied");
    });
}

#[test]
fn who_does_not_work_there_or_has_no_access_gets_no_further() {
    on_both(|scene| {
        let uden = scene.world.organisation("Gemeente Uden");
        scene.world.employee_with(&uden, "Willem Vreemd", &json!({"hrExternalId": "0815"}));
        let over = json!({"hrExternalId": "1", "endDate": "2020-12-31"});
        scene.world.employee_with(&scene.oss, "Gerrit Vertrokken", &over);
        let mut answers = Vec::new();
        for number in ["0815", "1", "9999"] {
            answers.push(location(&scene.return_as(&scene.leave(), number)));
        }
        let closing = format!("/persons/{}", scene.sanne.id);
        scene.oss.administrator.client.transition(&closing, "closures", &Value::Null).expect(200);
        answers.push(location(&scene.return_as(&scene.leave(), "4711")));
        answers.dedup();
        assert_eq!(answers.len(), 1, "all are told the same: {answers:?}");
        assert_eq!(parameter(&answers[0], "error").as_deref(), Some("access_denied"));
    });
}

#[test]
fn a_provider_that_is_down_or_disabled_is_told_to_the_portal() {
    on_both(|scene| {
        let browser = scene.leave();
        scene.provider.break_down(true);
        assert!(
            ["access_denied", "temporarily_unavailable"].contains(&told(&scene.return_as(&browser, "4711")).as_str())
        );
        scene.service.clock.advance(TimeDelta::hours(25));
        assert_eq!(told(&scene.authorize(&scene.parameters())), "temporarily_unavailable");
        let own = format!("/identity-providers/{}", scene.provider_id);
        scene.oss.administrator.client.patch(&own, &json!({"enabled": false})).expect(200);
        assert_eq!(told(&scene.authorize(&scene.parameters())), "access_denied");
    });
}

#[test]
fn a_thousand_sign_ins_of_one_address_may_be_under_way() {
    on_both(|scene| {
        let browser = scene.leave();
        let wait = |count: i64| {
            let sql = format!("UPDATE login_attempts SET failures = {count} WHERE subject = 'sign-in:127.0.0.1';");
            scene.service.execute(&sql);
        };
        wait(999);
        let last = scene.leave();
        let refused = scene.authorize(&scene.parameters());
        is_page(&refused, 429);
        assert_eq!(refused.headers["retry-after"], "901");
        // Who comes back makes room for somebody else.
        assert_eq!(scene.return_as(&browser, "4711").status, 200);
        scene.leave();
        is_page(&scene.authorize(&scene.parameters()), 429);
        scene.service.clock.advance(TimeDelta::minutes(15));
        scene.leave();
        drop(last);
    });
}
