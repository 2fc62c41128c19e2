/** Where the API is: fixed by the platform's wire contract. */
export const GRAPHQL_PATH = '/userProgress/graphql';
