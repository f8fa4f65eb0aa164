// The pages of a running service and the list that portals embed, in a real browser.
//   node check.mjs CREDENTIALS.json FOLDER
// Each page is held against axe (WCAG 2.2 AA) and may not complain in the console; pictures of them go into FOLDER.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(new URL("../node/package.json", import.meta.url));
const chromium = require("@sparticuz/chromium");
const puppeteer = require("puppeteer-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [credentials, folder] = process.argv.slice(2);
const root = new URL(JSON.parse(readFileSync(credentials, "utf8")).baseUrl).origin;
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// All that is wrong is told at the end.
const wrong = [];
function must(holds, what) {
  if (!holds) wrong.push(what);
}

// A municipal page on another origin, with a policy that allows no inline style, no inline script and no eval.
const portal = createServer((request, response) => {
  const policy = `default-src 'none'; script-src ${root}; connect-src ${root}; style-src 'none'; frame-src ${root}`;
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy });
  response.end(`<!doctype html><html lang="nl"><head><title>Intranet</title>
<script type="module" src="${root}/widget/1.0.0/klus-lijst.js"></script></head>
<body><main><h1>Intranet</h1><klus-lijst max="2"></klus-lijst>
<iframe src="${root}/embed/klussen?max=2" title="Klussen" width="600" height="400"></iframe></main></body></html>`);
});
await new Promise((ready) => portal.listen(0, "127.0.0.1", ready));

const browser = await puppeteer.launch({
  args: chromium.args,
  executablePath: await chromium.executablePath(),
  headless: "shell",
});

async function open(address, complaints) {
  const page = await browser.newPage();
  await page.setViewport({ width: 900, height: 900 });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  const answer = await page.goto(address, { waitUntil: "networkidle0" });
  must(answer.status() === 200, `${address} answered ${answer.status()}`);
  return page;
}

async function check(name, address, more = async () => {}) {
  const complaints = [];
  const page = await open(address, complaints);
  await more(page);
  must(complaints.length === 0, `${address} complains: ${complaints.join("; ")}`);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  // What checks goes around the policy of the page, in a page of its own.
  const judged = await browser.newPage();
  await judged.setBypassCSP(true);
  await judged.goto(address, { waitUntil: "networkidle0" });
  await judged.evaluate(axe);
  const told = await judged.evaluate((rules) => globalThis.axe.run({ runOnly: rules, iframes: false }), RULES);
  const faults = told.violations.map((one) => `${one.id}: ${one.help} (${one.nodes.map((node) => node.target).join(", ")})`);
  must(faults.length === 0, `${address} is not accessible: ${faults.join("; ")}`);
  must(told.passes.length > 5, `${address} was hardly looked at`);
  await page.close();
  await judged.close();
}

const inList = (page, index) =>
  page.evaluate((at) => {
    const list = document.querySelectorAll("klus-lijst")[at].shadowRoot;
    const texts = (selector) => [...list.querySelectorAll(selector)].map((one) => one.textContent.trim());
    return { heading: texts(".heading").join(), links: texts("a"), facts: texts("[part=facts]"), status: texts("[role=status]").join() };
  }, index);

// The page that shows how the list is embedded: two lists, in two languages.
await check("widget", `${root}/widget/1.0.0/demo`, async (page) => {
  const [dutch, english] = [await inList(page, 0), await inList(page, 1)];
  must(dutch.heading === "Klussen" && english.heading === "Assignments", `headings: ${dutch.heading}, ${english.heading}`);
  must(dutch.links.length > 0 && english.links.length > 0 && english.links.length <= 3, "the lists hold klussen");
  must(dutch.facts.join().includes("uur") && english.facts.join().includes("hours"), "both languages");
  must(/\d+ klus/.test(dutch.status), `it is read out: ${dutch.status}`);
  // By keyboard: every link of the first list is reached, in its order.
  const reached = [];
  for (let press = 0; press < 40 && reached.length < dutch.links.length; press += 1) {
    await page.keyboard.press("Tab");
    const text = await page.evaluate(() => {
      const host = document.activeElement;
      return host?.shadowRoot?.activeElement?.textContent.trim();
    });
    if (text && dutch.links.includes(text)) reached.push(text);
  }
  must(JSON.stringify(reached) === JSON.stringify(dutch.links), `by keyboard: ${reached.join("; ")}`);
});

await check("portal", `http://127.0.0.1:${portal.address().port}/`, async (page) => {
  const list = await inList(page, 0);
  must(list.links.length > 0 && list.links.length <= 2, "the list stands on the page of a portal with a strict policy");
  const frame = page.frames().find((one) => one.url().includes("/embed/klussen"));
  must((await frame.$$("a")).length > 0, "the list stands in a frame of another origin");
});

const feed = await (await fetch(`${root}/feeds/klussen.json`)).json();
const klus = feed.items[0].url;
await check("klus", klus, async (page) => {
  const posting = await page.$eval('script[type="application/ld+json"]', (one) => JSON.parse(one.textContent));
  must(posting["@type"] === "JobPosting" && posting.title && posting.validThrough, "the page of a klus holds a JobPosting");
  const card = await page.$eval('link[type="application/json+oembed"]', (one) => one.href);
  const told = await (await fetch(card)).json();
  must(told.version === "1.0" && told.type === "rich" && told.html.includes("<iframe"), "its card is found");
});
await check("embed-klussen", `${root}/embed/klussen?max=3`);
await check("embed-klus", klus.replace("/klussen/", "/embed/klussen/"));
await check("embed-mensen", `${root}/embed/mensen`);

await browser.close();
portal.close();
if (wrong.length > 0) {
  console.error(wrong.map((one) => `browser: ${one}`).join("\n"));
  process.exit(1);
}
console.log("browser: six pages hold against axe and complain of nothing; pictures are in the folder");
