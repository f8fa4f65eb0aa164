//! The skill vocabulary.

use contract_tests::on_both;

on_both! {
    fn the_vocabulary_is_there_from_the_start_and_searched_by_any_label(service) {
        let stranger = service.anonymous();
        let found = stranger.get("/skills?search=%C3%81LBANEES%20schr&limit=5").expect(200);
        assert_eq!(found.text_at("/items/0/label"), "Albanees schrijven");
        assert_eq!(found.text_at("/items/0/kind"), "SKILL");
        let id = found.ids()[0].clone();
        let read = stranger.get(&format!("/skills/{id}")).expect(200);
        assert_eq!(read.body, found.body["items"][0]);
        let first = stranger.get("/skills/db315e70-bba0-5df2-a731-82ac0469530c").expect(200);
        assert_eq!(first.text_at("/uri"), "http://data.europa.eu/esco/skill/f1a08ec9-32d2-4e52-ba4a-66e049019be8", "the id follows from the address");
        stranger.get("/skills/01935b7e-8a3c-7c4e-9a51-3d2f6b8e0c17").refused(404, "not_found");
        stranger.get("/skills?kind=TALENT").names(&["kind"]);
    }

    fn the_vocabulary_is_paged_in_the_order_of_its_labels(service) {
        let mut page = service.anonymous().get("/skills?kind=GROUP&limit=100").expect(200);
        let mut labels: Vec<String> = Vec::new();
        loop {
            let items = page.body["items"].as_array().unwrap();
            labels.extend(items.iter().map(|item| domain::fold(item["label"].as_str().unwrap())));
            let Some(next) = page.body["links"]["next"].as_str().map(str::to_owned) else { break };
            page = service.anonymous().get(&next).expect(200);
        }
        assert_eq!(labels.len(), 628);
        assert!(labels.is_sorted());
    }
}
