// PostGraphile 5 as its documentation recommends for production: library mode on Node's own HTTP server, the 'amber'
// preset, no GraphiQL, no websockets, answers written as strings, prepared statements (its default).
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import amber from 'postgraphile/presets/amber';

const instance = postgraphile({
  extends: [amber.default ?? amber],
  pgServices: [
    makePgService({
      connectionString: process.env.DATABASE_URL,
      schemas: ['public'],
      poolConfig: { max: Number(process.env.POOL_SIZE) },
    }),
  ],
  grafserv: {
    graphqlPath: '/graphql',
    graphiql: false,
    websockets: false,
    outputDataAsString: true,
  },
  grafast: { explain: false },
});
await instance.getSchema();
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), '127.0.0.1');
