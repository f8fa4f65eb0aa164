//! Tokens, scopes, media types of answers, languages.

use contract_tests::on_both;

use super::*;

on_both! {
    fn without_a_good_token_a_guarded_operation_answers_401(service) {
        let nobody = service.anonymous().with("If-Match", "*");
        sweep(is_guarded, |operation| {
            let answer = Request::of(operation).send(&nobody).refused(401, "token_missing");
            assert_eq!(answer.headers["www-authenticate"], "Bearer");
            for header in ["nonsense", "Basic YmVoZWVyOmdlaGVpbQ==", "Bearer nonsense", "Bearer a.b.c"] {
                let answer = Request::of(operation).send(&nobody.with("Authorization", header));
                answer.refused(401, "token_invalid");
            }
        });
    }

    fn a_bad_token_is_refused_also_where_none_is_needed(service) {
        let nonsense = service.anonymous().with("Authorization", "Bearer nonsense");
        sweep(|operation| !is_guarded(operation) && !held_scopes(operation).is_empty(), |operation| {
            Request::of(operation).send(&nonsense).refused(401, "token_invalid");
        });
    }

    fn a_token_without_the_scope_answers_403(service) {
        let (events, market) = (token_with(service, "events:read"), token_with(service, "market:read"));
        let needs_scope = |operation: &Operation| !held_scopes(operation).is_empty();
        sweep(needs_scope, |operation| {
            let other = if held_scopes(operation).contains(&"events:read") { &market } else { &events };
            let client = service.anonymous().with_token(other).with("If-Match", "*");
            Request::of(operation).send(&client).refused(403, "scope_missing");
        });
    }

    fn what_cannot_be_given_in_an_accepted_media_type_answers_406(service) {
        let produces = |operation: &Operation| operation.statuses().any(|status| status == 406);
        sweep(produces, |operation| {
            let client = administrator(service).with("Accept", "audio/ogg, image/*;q=0.8");
            Request::of(operation).send(&client).refused(406, "not_acceptable");
        });
        sweep(reads, |operation| {
            let client = administrator(service).with("Accept", "text/*, application/*;q=0.1");
            assert_ne!(Request::of(operation).send(&client).status, 406);
        });
    }

    fn problems_have_titles_in_the_language_of_the_caller(service) {
        sweep(|_| true, |operation| {
            let ask = |language: &str| {
                let client = administrator(service).with("Accept-Language", language);
                Request::of(operation).and("onbekend=1").send(&client).expect(400)
            };
            let (dutch, english) = (ask("nl-NL,nl;q=0.9,en;q=0.8"), ask("en"));
            let told = |answer: &Answer| (answer.text_at("/title").to_owned(), answer.headers["content-language"].clone());
            assert_eq!(told(&dutch), ("De invoer klopt niet".to_owned(), "nl".to_owned()));
            assert_eq!(told(&english), ("The input is not valid".to_owned(), "en".to_owned()));
            assert_eq!(dutch.body["code"], english.body["code"]);
            assert!(dutch.headers["vary"].contains("Accept-Language"), "{:?}", dutch.headers);
        });
    }
}
