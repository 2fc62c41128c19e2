export interface GraphqlError {
  message: string;
  path?: (string | number)[];
  extensions: {
    code: string;
    statusCode: number;
    success: false;
    timestamp: string;
    [detail: string]: unknown;
  };
}

export interface GraphqlAnswer<Data> {
  data: Data | null;
  errors: GraphqlError[] | undefined;
  status: number;
  headers: Headers;
}

export interface GraphqlClient {
  // JSON has no type; a test that asserts on an answer names what it expects.
  request<Data = any>(
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<GraphqlAnswer<Data>>;
}

/** A client of the GraphQL address, for one person, in one language. */
export function createClient(
  url: string,
  { token, language }: { token?: string; language?: string } = {},
): GraphqlClient {
  const headers = {
    'content-type': 'application/json',
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(language === undefined ? {} : { 'accept-language': language }),
  };
  return {
    async request<Data>(query: string, variables?: Record<string, unknown>) {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query, variables }),
      });
      const body = (await response.json()) as { data?: Data | null; errors?: GraphqlError[] };
      return {
        data: body.data ?? null,
        errors: body.errors,
        status: response.status,
        headers: response.headers,
      };
    },
  };
}
