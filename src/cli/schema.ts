import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { RESOLVERS } from '../resolvers.js';
import { DateTimeScalar } from '../common/graphql/date-time.scalar.js';

const SCHEMA_FILE = fileURLToPath(new URL('../../src/schema.gql', import.meta.url));
const HEADER = '# Generated from the resolvers by `npm run schema`. Not to be edited.\n\n';

/** The schema as text, made from the resolvers' decorators alone, without any connection. */
async function schemaText(): Promise<string> {
  const app = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, {
    logger: false,
  });
  try {
    const schema = await app.get(GraphQLSchemaFactory).create(RESOLVERS, [DateTimeScalar]);
    return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
  } finally {
    await app.close();
  }
}

/** Writes the schema's file; with `--check`, only compares it with the code. */
async function main(check: boolean): Promise<number> {
  const text = await schemaText();
  if (!check) {
    await writeFile(SCHEMA_FILE, text);
    return 0;
  }
  const committed = await readFile(SCHEMA_FILE, 'utf8').catch(() => '');
  if (committed === text) return 0;
  process.stderr.write(
    'src/schema.gql is not what the code says: run `npm run schema` and commit it\n',
  );
  return 1;
}

process.exitCode = await main(process.argv.includes('--check'));
