// A certified OpenID provider that knows one service and one responder, who may introspect and revoke that service's tokens. Prints its port.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const port = server.address().port;
  const client = (id) => ({ client_id: id, client_secret: id + "-secret-word", grant_types: ["client_credentials"], redirect_uris: [], response_types: [] });
  const provider = new Provider(`http://127.0.0.1:${port}`, {
    clients: [client("service"), client("responder")],
    features: {
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      revocation: { enabled: true, allowedPolicy: () => true },
      devInteractions: { enabled: false },
    },
    ttl: { ClientCredentials: 600 },
  });
  server.on("request", provider.callback());
  console.log(port);
});
