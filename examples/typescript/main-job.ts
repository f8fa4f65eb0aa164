// A klus is published, found and answered, through the types generated from openapi.yaml.
//
//   .ci/clients/typescript credentials.json     generates the types, checks them and runs this file
import { readFileSync } from "node:fs";
import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/klusnet.js";

type Problem = components["schemas"]["Problem"];
type Account = { role: string; token: string; personId: string };
type Credentials = { baseUrl: string; accounts: Account[] };

const file = process.argv[2];
if (!file) throw new Error("usage: main-job.ts CREDENTIALS.json");
const credentials: Credentials = JSON.parse(readFileSync(file, "utf-8"));

function clientOf(account: Account) {
  return createClient<paths>({ baseUrl: credentials.baseUrl, headers: { Authorization: `Bearer ${account.token}` } });
}

function accountsOf(role: string): Account[] {
  return credentials.accounts.filter((account) => account.role === role);
}

/** The thing that was answered; a problem says what is allowed. */
function done<T>(answer: { data?: T; error?: unknown; response: Response }): T {
  if (answer.error !== undefined || answer.data === undefined) {
    const problem = answer.error as Problem;
    throw new Error(`${answer.response.status} ${problem.code}: ${problem.detail} ${JSON.stringify(problem.invalidParams)}`);
  }
  return answer.data;
}

function inDays(days: number): Date {
  return new Date(Date.now() + days * 86_400_000);
}

const [publisher] = accountsOf("CLIENT");
if (!publisher) throw new Error("the demonstration has no client");
const client = clientOf(publisher);
const host = done(await client.GET("/me")).employments[0]?.organisationId;
if (!host) throw new Error("the client has no employer");

// Draft and publish in one call.
const title = `Klantreis paspoort ${randomUUID().slice(0, 8)}`;
const klus = done(
  await client.POST("/assignments", {
    params: { header: { "Idempotency-Key": randomUUID() } },
    body: {
      organisationId: host,
      kind: "PROJECT",
      title,
      description: "Loop de balie na met de ogen van een inwoner.",
      intendedResult: "Vijf verbeteringen die volgende maand kunnen ingaan.",
      planning: "Zes weken, een dag per week.",
      minutesPerWeek: 480,
      startDate: inDays(40).toISOString().slice(0, 10),
      endDate: inDays(80).toISOString().slice(0, 10),
      positions: 1,
      scaleLevel: "LOCAL",
      remote: "ON_SITE",
      publication: { rings: [{ ring: "ALL_GOVERNMENT" }], deadline: inDays(14).toISOString() },
    },
  }),
);
console.log(`published: ${klus.title} (${klus.state})`);

// Somebody of another organisation finds it and responds.
for (const account of accountsOf("EMPLOYEE")) {
  const employee = clientOf(account);
  const me = done(await employee.GET("/me"));
  if (me.employments[0]?.organisationId === host) continue;
  const found = done(await employee.GET("/assignments", { params: { query: { search: title } } }));
  console.log(`found: ${found.items.map((item) => item.id).join(", ")}`);
  const response = done(
    await employee.POST("/assignments/{assignmentId}/responses", {
      params: { path: { assignmentId: klus.id }, header: { "Idempotency-Key": randomUUID() } },
      body: { motivation: "Ik sta zelf elke week aan een balie.", minutesPerWeek: 480, submit: true },
    }),
  );
  console.log(`responded: ${response.state}`);
  const lights = done(
    await employee.GET("/responses/{responseId}/lights", { params: { path: { responseId: response.id } } }),
  );
  console.log(`lights: ${lights.items.map((light) => `${light.name} ${light.colour}`).join(", ")}`);
  break;
}

// A mistake is answered with every fault at once.
const mistake = await client.PATCH("/assignments/{assignmentId}", {
  params: { path: { assignmentId: klus.id }, header: { "If-Match": '"1-x"' } },
  body: { positions: 0 },
});
console.log(`mistake: ${mistake.response.status} ${(mistake.error as Problem).code}`);
