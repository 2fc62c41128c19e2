/** The API's path; the platform's wire contract fixes it. */
export const GRAPHQL_PATH = '/userProgress/graphql';
