use super::*;

fn lay_down(clauses: Vec<TemplateClause>, previous: Option<&AgreementTemplate>) -> Result<AgreementTemplate, Refusal> {
    AgreementTemplate::lay_down(id(850), id(7), previous, "Overeenkomst".to_owned(), clauses, moment(0))
}

#[test]
fn the_template_of_the_platform_can_be_laid_down_by_a_network_version_after_version() {
    let first = lay_down(platform_clauses(), None).unwrap();
    let second = lay_down(platform_clauses(), Some(&first)).unwrap();
    assert_eq!((first.version, second.version), (1, 2));
    for group in ClauseGroup::ALL {
        assert_eq!(platform_clauses().iter().filter(|clause| clause.group == *group).count(), 1, "{group}");
    }
}

#[test]
fn a_template_names_no_fact_that_there_is_not() {
    for (text, fits) in [
        ("Van {{home}} naar {{ host }}.", true),
        ("Geen feiten.", true),
        ("{{margin}}", false),
        ("{{home}} en {{Home}}", false),
        ("{{home en dan verder", false),
        ("{{}}", false),
    ] {
        let mut clauses = platform_clauses();
        clauses[2].text = text.to_owned();
        let laid = lay_down(clauses, None);
        assert_eq!(laid.is_ok(), fits, "{text}");
        if let Err(refusal) = laid {
            assert_eq!(refusal.faults[0].name, "clauses.2.text");
        }
    }
    for (name, _) in PLACEHOLDERS {
        let mut clauses = platform_clauses();
        clauses[0].text = format!("{{{{{name}}}}}");
        assert!(lay_down(clauses, None).is_ok(), "{name}");
    }
}

#[test]
fn a_template_has_a_clause_for_each_group_that_three_parties_cannot_do_without() {
    use ClauseGroup::{Costs, EarlyEnd, Employment, Extension, Parties, Return, Scope, Supervision, Vat};
    for group in ClauseGroup::ALL {
        let rest = platform_clauses().into_iter().filter(|clause| clause.group != *group).collect();
        let needed = [Parties, Scope, Employment, Return, Supervision, Costs, Vat, Extension, EarlyEnd];
        match lay_down(rest, None) {
            Ok(_) => assert!(!needed.contains(group), "{group}"),
            Err(refusal) => {
                assert!(needed.contains(group), "{group}");
                assert_eq!(refusal.faults[0].name, "clauses");
                assert!(refusal.faults[0].reason.ends_with(&format!(": {group}")), "{}", refusal.faults[0].reason);
            }
        }
    }
    assert_eq!(lay_down(Vec::new(), None).unwrap_err().faults.len(), 1);
}
