import type { FastifyInstance } from 'fastify';
import { isUtf8 } from 'node:buffer';
import { HttpException, HttpStatus } from '@nestjs/common';

/** Reads JSON bodies only: the framework's other parsers are not registered. */
export function registerBodyParser(server: FastifyInstance): void {
  // Refuses members named __proto__ and constructor.prototype.
  const parse = server.getDefaultJsonParser('error', 'error');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    (request, body: Buffer, done) => {
      // Decoding invalid UTF-8 would put replacement characters into the text, and they would be stored.
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
