/** The identity in a token. `service` is another service of the platform. */
export type Role = 'admin' | 'instructor' | 'user' | 'service';

export interface Identity {
  userId: string;
  role: Role;
}
