import { expect } from 'vitest';
import type { GraphqlClient } from './graphql-client.ts';
import { waitFor } from './wait-for.ts';

/** Runs one operation that must succeed. @returns its result */
export async function succeed(
  client: GraphqlClient,
  query: string,
  variables: Record<string, unknown>,
): Promise<any> {
  const { data, errors } = await client.request<Record<string, unknown>>(query, variables);
  expect(errors).toBeUndefined();
  return Object.values(data!)[0];
}

/** Runs one operation that must fail. @returns the error's code */
export async function refusal(
  client: GraphqlClient,
  query: string,
  variables: Record<string, unknown>,
): Promise<string> {
  const { errors } = await client.request(query, variables);
  return errors![0]!.extensions.code;
}

const BEGIN = `mutation ($input: CreateUserProgressInput!) {
  createUserProgress(createUserProgressInput: $input) { success } }`;

/** Completes lessons, or only begins them. */
export async function study(
  client: GraphqlClient,
  { userId, courseId }: { userId: string; courseId: string },
  lessonIds: readonly string[],
  completed = true,
): Promise<void> {
  for (const lessonId of lessonIds) {
    await succeed(client, BEGIN, { input: { userId, courseId, lessonId, completed } });
  }
}

const STATUS = `query ($userId: String!, $courseId: String!) {
  certificateStatus(userId: $userId, courseId: $courseId) { success message data {
    userId courseId status completed_at requested_at issued_at reason attempts missing_lessons
    blockers { lessonId title completed coverage_percentage missing_seconds } } } }`;

export interface Key extends Record<string, unknown> {
  userId: string;
  courseId: string;
}

export async function certificateStatus(client: GraphqlClient, key: Key): Promise<any> {
  return (await succeed(client, STATUS, key)).data;
}

/** Asks for a certificate's status, which must be refused. @returns the error's code */
export function certificateStatusRefusal(client: GraphqlClient, key: Key): Promise<string> {
  return refusal(client, STATUS, key);
}

export function untilCertificate(client: GraphqlClient, key: Key, status: string): Promise<any> {
  return waitFor(
    async () => {
      const certificate = await certificateStatus(client, key);
      return certificate.status === status && certificate;
    },
    { message: `the certificate is ${status}` },
  );
}

const PROGRESS = `query ($userId: String!, $courseId: String!) {
  getCourseProgress(userId: $userId, courseId: $courseId) { data {
    total_lessons completed_lessons progress_percentage completed_at } } }`;

export async function courseProgress(client: GraphqlClient, key: Key): Promise<any> {
  return (await succeed(client, PROGRESS, key)).data;
}
