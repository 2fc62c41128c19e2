import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildSchema, parse, printSchema, validate, type GraphQLSchema } from 'graphql';

const folder = import.meta.dirname;
const SCHEMA = join(folder, '..', 'src', 'schema.gql');
const GENERATED = join(folder, 'src', 'gql', 'graphql.ts');

type Documents = Parameters<typeof codegen>[0]['documents'];

/** Writes the types of `src/queries`. @throws Error naming the query that does not fit `src/schema.gql` */
export async function generateDocuments(): Promise<void> {
  const content = await generatedDocuments();
  // A file that is written anew would make everything be built anew.
  if (content !== readFileSync(GENERATED, 'utf8')) writeFileSync(GENERATED, content);
}

export async function generatedDocuments(): Promise<string> {
  const schema = buildSchema(readFileSync(SCHEMA, 'utf8'));
  const documents = readDocuments(schema);
  const sections = await preset.buildGeneratesSection({
    baseOutputDir: './',
    schema: parse(printSchema(schema)),
    schemaAst: schema,
    documents,
    config: {
      scalars: { Date: 'string', DateTime: 'string' },
      documentMode: 'string',
      useTypeImports: true,
    },
    presetConfig: { fragmentMasking: false, skipIndexFile: true },
    plugins: [],
    pluginMap: {},
  });
  const types = sections.find(({ filename }) => filename.endsWith('graphql.ts'))!;
  return codegen(types);
}

export function readDocuments(schema: GraphQLSchema): Documents {
  return globSync('src/queries/*.graphql', { cwd: folder })
    .sort()
    .map((location) => {
      const rawSDL = readFileSync(join(folder, location), 'utf8');
      const document = parse(rawSDL);
      for (const { message } of validate(schema, document)) {
        throw new Error(`${location} does not fit src/schema.gql: ${message}`);
      }
      return { location, document, rawSDL };
    });
}
