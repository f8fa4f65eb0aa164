use super::*;
use crate::parties::mobility_policies::ChargeBasis;
use crate::placements::fixtures::vat;
use crate::placements::placements::Placement;

fn planned() -> Placement {
    placement(PlacementState::Planned, |_| {})
}

fn text(change: impl FnOnce(&mut AgreementTerms), facts: &AgreementFacts) -> String {
    let it = Agreement { terms: agreement_terms(change), ..agreement(AgreementState::Draft) };
    it.words(&planned(), None, facts).canonical()
}

fn template(clauses: Vec<TemplateClause>) -> AgreementTemplate {
    AgreementTemplate::lay_down(id(850), id(7), None, "Model".to_owned(), clauses, moment(0)).unwrap()
}

#[test]
fn no_placeholder_is_left_and_every_fact_is_named() {
    let words = text(|_| {}, &facts());
    assert!(!words.contains("{{") && !words.contains("}}") && !words.contains('–'), "{words}");
    for said in [
        "Gemeente Maashorst (OIN 00000001812345678000), de uitlener, vertegenwoordigd door M. de Boer, afdelingshoofd",
        "Waterschap Aa en Maas (OIN 00000001887654321000), de inlener, vertegenwoordigd door A. Smits, directeur",
        "Noor Verbeek, in dienst bij de uitlener als Adviseur groen",
        "van 1 september 2026 tot en met 31 december 2026, voor 8 uur per week",
        "interne klussen bij de moederorganisatie",
        "uiterlijk op 4 januari 2027",
        "Vanaf 19 november 2026 bespreken",
        "een termijn van 4 weken",
        "de kale loonkosten, op de eerste dag € 50,00 per uur",
        "ten hoogste € 7.200,00",
        "Het besluit over arbeidsmobiliteit.",
        "Het convenant van de regio",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
}

#[test]
fn what_is_not_chosen_yet_reads_as_a_dash() {
    let unknown = AgreementFacts { cents_per_hour: None, ..facts() };
    let words = text(|terms| (terms.vat, terms.procurement) = (None, None), &unknown);
    assert!(words.contains("Omzetbelasting: –\nAanbesteding: –") && words.contains("Waarde\t–"), "{words}");
    assert!(words.contains("De inlener betaalt de kale loonkosten. Er komt geen opslag bovenop."), "{words}");
}

#[test]
fn each_basis_reads_as_what_the_host_pays() {
    for (basis, said) in [
        (ChargeBasis::None, "niets (gesloten beurs)"),
        (ChargeBasis::PublicRate, "een publiek tarief van € 50,00 per uur"),
        (ChargeBasis::OwnRate, "een eigen tarief van € 50,00 per uur"),
    ] {
        let placement = Placement { charge_basis: basis, ..planned() };
        let words = agreement(AgreementState::Draft).words(&placement, None, &facts());
        let value = if basis == ChargeBasis::None { "€ 0,00" } else { "€ 7.200,00" };
        assert_eq!(words.facts[6].1, said);
        assert_eq!(words.facts[7].1, value);
    }
}

#[test]
fn the_same_terms_give_the_same_words_and_others_give_others() {
    type Change = fn(&mut AgreementTerms);
    let changes: [Change; 15] = [
        |_| {},
        |terms| terms.home_representative.name = "Iemand anders".to_owned(),
        |terms| terms.home_representative.function = "gemeentesecretaris".to_owned(),
        |terms| terms.host_representative.name = "Iemand anders".to_owned(),
        |terms| terms.host_representative.function = "secretaris-directeur".to_owned(),
        |terms| terms.vat = Some(vat(VatCategory::Standard)),
        |terms| terms.vat = Some(vat(VatCategory::OutsideScope)),
        |terms| terms.vat.as_mut().unwrap().evidence = Some("Ander bewijs".to_owned()),
        |terms| terms.procurement.as_mut().unwrap().basis = ProcurementBasis::InHouse,
        |terms| terms.procurement.as_mut().unwrap().evidence = "Ander bewijs".to_owned(),
        |terms| terms.talks_weeks_before_end = 5,
        |terms| terms.references.buyer_reference = Some("4500".to_owned()),
        |terms| terms.references.order_reference = Some("4500".to_owned()),
        |terms| terms.references.cost_centre = Some("4500".to_owned()),
        |terms| {
            let text = "Op dinsdag in Boxtel.".to_owned();
            terms.particulars = vec![Particular { group: ClauseGroup::Place, text }];
        },
    ];
    let all: Vec<String> = changes.iter().map(|change| text(change, &facts())).collect();
    for (index, one) in all.iter().enumerate() {
        assert_eq!(*one, text(changes[index], &facts()), "the same words each time");
        assert!(!all[..index].contains(one), "change {index} shows");
    }
}

#[test]
fn a_rate_that_is_not_a_whole_per_cent_is_written_out() {
    let taxed = |points| {
        text(
            |terms| terms.vat = Some(VatTreatment { rate_basis_points: Some(points), ..vat(VatCategory::Standard) }),
            &facts(),
        )
    };
    assert!(taxed(2_100).contains("belast met 21 procent."));
    assert!(taxed(905).contains("belast met 9,05 procent."));
}

#[test]
fn an_extension_shows_in_period_hours_and_value() {
    let stretch = crate::placements::capacity::Stretch {
        period: crate::placements::fixtures::period("2027-01-01", "2027-01-10"),
        effort: crate::market::effort::Effort::TotalMinutes(600),
    };
    let words = text(|terms| terms.extension = Some(stretch), &facts());
    assert!(words.contains("1 september 2026 tot en met 10 januari 2027"), "{words}");
    assert!(words.contains("8 uur per week, daarna 10 uur in totaal"), "{words}");
    assert!(words.contains("€ 7.700,00") && words.contains("uiterlijk op 11 januari 2027"), "{words}");
}

#[test]
fn a_template_of_a_network_words_it_and_says_so() {
    let mut clauses = platform_clauses();
    clauses[4].text = "In {{ host }}.\n\n\n\n  Op\n dinsdag.  ".to_owned();
    let words = agreement(AgreementState::Draft).words(&planned(), Some(&template(clauses)), &facts());
    assert_eq!(
        (words.title.as_str(), words.reference.as_str()),
        ("Model", "Versie 1, model van het netwerk, versie 1")
    );
    assert_eq!(words.articles[4].heading, "Artikel 5. Plaats en werktijden");
    assert_eq!(words.articles[4].paragraphs, ["In Waterschap Aa en Maas.", "Op dinsdag."]);
}

#[test]
fn a_particular_stands_in_the_words_also_where_the_template_has_no_clause_for_it() {
    let clauses: Vec<_> = platform_clauses().into_iter().filter(|clause| clause.group != ClauseGroup::Place).collect();
    let particular = |group, text: &str| Particular { group, text: text.to_owned() };
    let terms = agreement_terms(|terms| {
        terms.particulars = vec![
            particular(ClauseGroup::Place, "Op dinsdag in Boxtel."),
            particular(ClauseGroup::Costs, "Reiskosten betaalt de uitlener."),
        ];
    });
    let it = Agreement { terms, ..agreement(AgreementState::Draft) };
    let words = it.words(&planned(), Some(&template(clauses)), &facts());
    for said in ["Op dinsdag in Boxtel.", "Reiskosten betaalt de uitlener."] {
        let times = words.articles.iter().flat_map(|article| &article.paragraphs).filter(|one| *one == said).count();
        assert_eq!(times, 1, "{said}");
    }
    let last = words.articles.last().unwrap();
    assert_eq!(last.heading, "Artikel 18. Plaats en werktijden");
}

#[test]
fn talks_long_before_any_calendar_begins_are_no_fault_of_the_reader() {
    assert!(text(|terms| terms.talks_weeks_before_end = u32::MAX, &facts()).contains("Vanaf "));
}
