//! What somebody gets who signs in and consents, and how long.

use super::*;

#[test]
fn somebody_signs_in_consents_once_and_the_portal_gets_tokens_for_them() {
    on_both(|scene| {
        let me = format!("/persons/{}", scene.sanne.id);
        assert_eq!(scene.oss.administrator.client.get(&me).expect(200).body["status"], "INVITED");
        let browser = scene.leave();
        let page = scene.return_as(&browser, "4711");
        is_page(&page, 200);
        for part in ["Sanne de Vries", "Portaal &lt;b&gt;van&lt;/b&gt; Oss", "Gemeente Oss", "market:read"] {
            assert!(page.text.contains(part), "{part}: {}", page.text);
        }
        assert!(!page.text.contains("access:read"), "only what was asked");
        assert_eq!(scene.oss.administrator.client.get(&me).expect(200).body["status"], "ACTIVE");
        let there = location(&scene.decide(&browser, &page, "allow"));
        let tokens = scene.exchange(&parameter(&there, "code").unwrap()).expect(200);
        assert_eq!(tokens.body["scope"], "market:read parties:read");
        let client = scene.client(&tokens);
        assert_eq!(client.get("/me").expect(200).body["person"]["id"], json!(scene.sanne.id));
        client.get("/me/client-consents").refused(403, "scope_missing");
        let sent = scene.provider.exchanges().remove(0);
        assert!(sent.contains("client_assertion=") && sent.contains("code_verifier="), "{sent}");
        // Consent is remembered: no page the second time.
        let again = scene.leave();
        let there = location(&scene.return_as(&again, "4711"));
        scene.exchange(&parameter(&there, "code").unwrap()).expect(200);
        // More than was consented to is asked for.
        let mut more = scene.parameters();
        more.iter_mut().filter(|(name, _)| *name == "scope").for_each(|(_, value)| *value += " access:read");
        let sent = scene.authorize(&more);
        let there = location(&sent);
        let client = scene.service.anonymous().with("Cookie", sent.headers["set-cookie"].split(';').next().unwrap());
        let (state, nonce) = (parameter(&there, "state").unwrap(), parameter(&there, "nonce").unwrap());
        is_page(&scene.return_as(&Browser { client, state, nonce }, "4711"), 200);
    });
}

#[test]
fn a_refresh_token_is_good_once_and_for_a_day_together() {
    on_both(|scene| {
        let first = scene.exchange(&scene.code()).expect(200);
        let second = scene.refresh(first.text_at("/refresh_token")).expect(200);
        scene.client(&second).get("/me").expect(200);
        scene.refresh(first.text_at("/refresh_token")).fails(400, "invalid_grant");
        scene.client(&second).get("/me").refused(401, "token_invalid");
        scene.refresh(second.text_at("/refresh_token")).fails(400, "invalid_grant");
        let late = scene.exchange(&scene.code()).expect(200);
        scene.service.pass(TimeDelta::hours(24));
        scene.refresh(late.text_at("/refresh_token")).fails(400, "invalid_grant");
    });
}

#[test]
fn who_refuses_gives_no_code_and_who_takes_consent_back_ends_what_it_gave() {
    on_both(|scene| {
        let browser = scene.leave();
        let page = scene.return_as(&browser, "4711");
        assert_eq!(told(&scene.decide(&browser, &page, "refuse")), "access_denied");
        is_page(&scene.decide(&browser, &page, "allow"), 400);
        let tokens = scene.exchange(&scene.code()).expect(200);
        let unused = scene.code();
        let consents = scene.sanne.client.get("/me/client-consents").expect(200);
        assert_eq!(consents.body["items"][0]["clientName"], "Portaal <b>van</b> Oss");
        assert_eq!(consents.body["items"][0]["scopes"], json!(["market:read", "parties:read"]));
        let own = format!("/me/client-consents/{}", consents.ids()[0]);
        scene.oss.administrator.client.delete(&own).refused(404, "not_found");
        scene.sanne.client.delete(&own).expect(204);
        scene.sanne.client.delete(&own).refused(404, "not_found");
        scene.client(&tokens).get("/me").refused(401, "token_invalid");
        scene.refresh(tokens.text_at("/refresh_token")).fails(400, "invalid_grant");
        scene.exchange(&unused).fails(400, "invalid_grant");
        is_page(&scene.return_as(&scene.leave(), "4711"), 200);
    });
}

#[test]
fn a_code_is_good_once_for_a_minute_for_who_began() {
    on_both(|scene| {
        let code = scene.code();
        let other = "een-andere-reeks-tekens-die-niemand-raden-kan-0123456789";
        scene.exchange_with(&code, BACK, other).fails(400, "invalid_grant");
        scene.exchange_with(&code, BACK, "kort").fails(400, "invalid_request");
        scene.exchange_with(&code, "https://portaal.example/terug", VERIFIER).fails(400, "invalid_grant");
        scene.exchange("onbekend").fails(400, "invalid_grant");
        let elsewhere = register_portal(&scene.oss, &json!({"name": "Ander portaal"}));
        let form = [("grant_type", "authorization_code"), ("code", code.as_str()), ("redirect_uri", BACK)];
        let more = [("code_verifier", VERIFIER), ("client_id", elsewhere.as_str())];
        scene.oauth.token(&[&form[..], &more].concat()).fails(400, "invalid_grant");
        let tokens = scene.exchange(&code).expect(200);
        scene.client(&tokens).get("/me").expect(200);
        scene.exchange(&code).fails(400, "invalid_grant");
        scene.client(&tokens).get("/me").refused(401, "token_invalid");
        let late = scene.code();
        scene.service.pass(TimeDelta::seconds(60));
        scene.exchange(&late).fails(400, "invalid_grant");
    });
}

#[test]
fn of_several_providers_the_address_or_the_organisation_leads_to_one() {
    on_both(|scene| {
        let second = Provider::start(&[Key::rsa(1)]);
        let draft = json!({"emailDomains": ["raad.example"], "name": "Raad", "authentication": "CLIENT_SECRET",
            "clientSecret": "geheim van de raad"});
        register_provider(&scene.oss, &second, &draft);
        let page = scene.authorize(&scene.parameters());
        is_page(&page, 200);
        assert!(page.text.contains("name=\"login_hint\"") && page.text.contains(STATE), "{}", page.text);
        let dutch = scene.oauth.with("Accept-Language", "nl");
        let query: Vec<String> = scene.parameters().iter().map(|(n, v)| format!("{n}={}", encoded(v))).collect();
        let dutch = dutch.get(&format!("/oauth/authorize?{}", query.join("&")));
        assert!(dutch.text.contains("lang=\"nl\"") && dutch.text.contains("Zakelijk e-mailadres"), "{}", dutch.text);
        is_page(&scene.authorize_with(&[("login_hint", "anna@elders.example")]), 200);
        let sent = scene.authorize_with(&[("login_hint", "anna@raad.example")]);
        let there = location(&sent);
        assert!(there.starts_with(&second.issuer), "{there}");
        assert_eq!(parameter(&there, "login_hint").as_deref(), Some("anna@raad.example"));
        // With a secret Klusnet proves itself in the header, and the secret stands in no address.
        let cookie = sent.headers["set-cookie"].split(';').next().unwrap().to_owned();
        let browser = scene.service.anonymous().with("Cookie", &cookie);
        let (state, nonce) = (parameter(&there, "state").unwrap(), parameter(&there, "nonce").unwrap());
        let mut claims = scene.claims("4711", &nonce);
        claims["iss"] = json!(second.issuer);
        second.signed_in("abc", &Key::rsa(1).sign(&claims));
        is_page(
            &scene.come_back(
                &Browser { client: browser, state: state.clone(), nonce },
                &format!("code=abc&state={state}"),
            ),
            200,
        );
        assert!(second.exchanges()[0].to_lowercase().contains("authorization: basic "), "{:?}", second.exchanges());
        let elsewhere = scene.world.organisation("Gemeente Uden");
        assert_eq!(told(&scene.authorize_with(&[("organisation", &elsewhere.id)])), "access_denied");
    });
}
