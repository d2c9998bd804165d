// Plays AWS for cordon_connector and works each request's signature out twice, by two signers that know nothing of each other or of Cordon.
// Prints its port, and for each request one line of JSON: what was said, what each signer says.
import { createServer } from "node:http";
import aws4 from "aws4";
import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "@aws-crypto/sha256-js";

const [accessKeyId, secretAccessKey] = process.argv.slice(2);

function signatureIn(authorization) {
  return /Signature=([0-9a-f]{64})$/.exec(authorization ?? "")?.[1] ?? "none";
}

async function bothFor(request, body) {
  const said = request.headers.authorization ?? "";
  const [, day, region, service] = /Credential=[^/]+\/(\d{8})\/([^/]+)\/([^/]+)\//.exec(said) ?? [];
  const names = (/SignedHeaders=([^,]+)/.exec(said)?.[1] ?? "").split(";");
  const headers = Object.fromEntries(names.map((name) => [name, request.headers[name]]));
  const time = headers["x-amz-date"];

  const one = new aws4.RequestSigner({ method: request.method, host: headers.host, path: request.url, service, region, body, doNotModifyHeaders: true,
    headers: { ...headers } }, { accessKeyId, secretAccessKey });
  one.datetime = time; // it would take its own
  const first = one.sign();
  const date = new Date(time.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  const signer = new SignatureV4({ credentials: { accessKeyId, secretAccessKey }, region, service, sha256: Sha256, applyChecksum: false });
  const url = new URL(request.url, "http://" + headers.host);
  const query = {};
  for (const [name, value] of url.searchParams) query[name] = value;
  const second = await signer.sign({ method: request.method, hostname: url.hostname, path: url.pathname, query, headers: { ...headers }, body },
    { signingDate: date, signableHeaders: new Set(names), unsignableHeaders: new Set() });
  return { day, region, service, first: signatureIn(first.headers.Authorization), second: signatureIn(second.headers.authorization) };
}

const server = createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", async () => {
    const body = Buffer.concat(parts).toString();
    try {
      const both = await bothFor(request, body);
      console.log(JSON.stringify({ target: request.headers["x-amz-target"] ?? new URLSearchParams(body).get("Action"), said: signatureIn(request.headers.authorization), ...both }));
    } catch (error) {
      console.log(JSON.stringify({ problem: String(error) }));
    }
    if (body.includes("GetCallerIdentity")) {
      response.end("<R><Arn>arn:aws:iam::123456789012:user/r</Arn><Account>123456789012</Account></R>");
    } else {
      response.statusCode = 400;
      response.end(request.headers["x-amz-target"] ? '{"__type":"AccessDeniedException"}' : "<E><Error><Code>AccessDenied</Code></Error></E>");
    }
  });
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
