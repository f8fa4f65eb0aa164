"""Holds every invoice in a folder against the schema and the rules; called by validate."""

import copy
import os
import pathlib
import sys

from lxml import etree
from saxonche import PySaxonProcessor

HERE = pathlib.Path(__file__).parent
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
PROFILES = {"peppol.eu:2017:poacc:billing:3.0": "peppol", "nen.nl:nlcius:v1.0": "si-ubl"}


def give_up(reason):
    """Ends with the code that says that nothing is known of the documents."""
    print(f"invoices: {reason}", file=sys.stderr)
    sys.exit(2)


class Rules:
    """One set of Schematron rules, ready to run."""

    def __init__(self, saxon, file):
        self.saxon, self.name, self.is_svrl = saxon, file.name, file.suffix.lower() != ".sch"
        xslt = saxon.new_xslt30_processor()
        if self.is_svrl:
            self.sheet = xslt.compile_stylesheet(stylesheet_file=str(file))
        else:
            compiler = xslt.compile_stylesheet(stylesheet_file=str(HERE / "schematron.xsl"))
            text = compiler.transform_to_string(source_file=str(file))
            if text is None:
                give_up(f"{file} cannot be read: {compiler.error_message}")
            self.sheet = xslt.compile_stylesheet(stylesheet_text=text)

    def run(self, document):
        """How much was tested, and what failed as (rule, is fatal, text)."""
        source = self.saxon.parse_xml(xml_text=etree.tostring(document, encoding="unicode"))
        text = self.sheet.transform_to_string(xdm_node=source)
        if text is None:
            give_up(f"{self.name} did not run: {self.sheet.error_message}")
        result = etree.fromstring(text.encode())
        if self.is_svrl:
            svrl = "{http://purl.oclc.org/dsdl/svrl}"
            tested = len(result.findall(f"{svrl}fired-rule"))
            failed = [*result.iter(f"{svrl}failed-assert"), *result.iter(f"{svrl}successful-report")]
            return tested, [(f.get("id"), f.get("flag", "fatal") != "warning", "".join(f.itertext())) for f in failed]
        failed = [(f.get("rule"), f.get("flag") != "warning", "".join(f.itertext())) for f in result.iter("failed")]
        return len(result.findall("tested")), failed


class Validator:
    """Schema and rules, for both kinds of document and both profiles."""

    def __init__(self, saxon, rules, extra):
        main = rules / "xsd" / "maindoc"
        self.schemas = {
            kind: etree.XMLSchema(file=str(main / f"UBL-{kind}-2.1.xsd")) for kind in ("Invoice", "CreditNote")
        }
        self.common = Rules(saxon, rules / "CEN-EN16931-UBL.sch")
        self.of_profile = {name: [] for name in PROFILES.values()}
        for file in sorted(extra.iterdir()) if extra else []:
            for name, found in self.of_profile.items():
                if file.name.lower().startswith(name) and file.suffix.lower() in (".sch", ".xsl", ".xslt"):
                    found.append(Rules(saxon, file))

    def run(self, document):
        """How much was tested, and what failed as (rule, is fatal, text)."""
        schema = self.schemas.get(etree.QName(document).localname)
        if schema is None:
            return 0, [("XSD", True, f"{document.tag} is no invoice and no credit note")]
        tested, failed = 0, []
        if not schema.validate(document):
            failed += [("XSD", True, f"line {error.line}: {error.message}") for error in schema.error_log]
        customization = document.findtext(f"{CBC}CustomizationID") or ""
        profile = next((name for end, name in PROFILES.items() if customization.endswith(end)), None)
        if profile is None:
            failed.append(("profile", True, f"unknown: {customization}"))
        for rules in [self.common, *self.of_profile.get(profile, [])]:
            more, found = rules.run(document)
            tested += more
            failed += found
            if not more:
                failed.append((rules.name, True, "tested nothing"))
        return tested, failed


def broken_copies(document):
    """Copies that must be refused, each with the rule that has to refuse it: rules that see nothing are no rules."""
    payable = copy.deepcopy(document)
    payable.find(f"{CAC}LegalMonetaryTotal/{CBC}PayableAmount").text = "1.00"
    yield "BR-CO-16", payable
    moved = copy.deepcopy(document)
    moved.append(moved.find(f"{CBC}IssueDate"))
    yield "XSD", moved
    nameless = copy.deepcopy(document)
    entity = nameless.find(f"{CAC}AccountingSupplierParty/{CAC}Party/{CAC}PartyLegalEntity")
    entity.remove(entity.find(f"{CBC}RegistrationName"))
    yield "BR-06", nameless


def main(rules, folder):
    extra = os.environ.get("KLUSNET_INVOICE_RULES")
    files = sorted(folder.glob("*.xml"))
    if not files:
        print(f"invoices: no *.xml in {folder}", file=sys.stderr)
        return 2
    faults = 0
    with PySaxonProcessor(license=False) as saxon:
        validator = Validator(saxon, rules, pathlib.Path(extra) if extra else None)
        for file in files:
            document = etree.parse(str(file)).getroot()
            tested, failed = validator.run(document)
            fatal = [failure for failure in failed if failure[1]]
            print(f"{file.name}: {tested} rules tested, {len(fatal)} failed, {len(failed) - len(fatal)} warnings")
            for rule, is_fatal, text in failed:
                print(f"   {'FAILED' if is_fatal else 'warning'} {rule}: {' '.join(text.split())}")
            faults += len(fatal)
            for expected, broken in broken_copies(document):
                if expected not in {rule for rule, is_fatal, _ in validator.run(broken)[1] if is_fatal}:
                    print(f"   FAILED {expected} did not see a broken copy")
                    faults += 1
        for name, found in validator.of_profile.items():
            if not found:
                print(f"invoices: SKIPPED the rules of {name}: none in KLUSNET_INVOICE_RULES ({extra or 'not set'})")
    outcome = f"{faults} FAILED" if faults else "all hold"
    print(f"invoices: {len(files)} documents against UBL 2.1 and EN 16931: {outcome}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])))
