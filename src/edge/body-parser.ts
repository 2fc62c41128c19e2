import type { FastifyInstance } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { HttpException, HttpStatus } from '@nestjs/common';

/** Reads JSON bodies, and only those: the framework's other parsers are not registered. */
export function registerBodyParser(server: FastifyInstance): void {
  // Members called __proto__ and constructor.prototype are refused.
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      // Decoding would replace what is not UTF-8 by a sign that means nothing, and store it.
      if (!isUtf8(body)) done(malformed());
      else
        void parse(request, body.toString('utf8'), (error, value) =>
          done(error && malformed(), value),
        );
    },
  );
}

function malformed(): HttpException {
  return new HttpException('malformed', HttpStatus.BAD_REQUEST);
}
