import { Module } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../../config/environment.js';
import { CursorSecret } from './cursor-secret.js';
import { CursorKeyProxy } from './proxy/cursor-key.proxy.js';

/** Reads the secret of cursors once, before any cursor is sealed: `CURSOR_SECRET`, else the database's key. */
@Module({
  providers: [
    CursorKeyProxy,
    {
      provide: CursorSecret,
      inject: [ENVIRONMENT, CursorKeyProxy],
      useFactory: async ({ CURSOR_SECRET }: Environment, keys: CursorKeyProxy) =>
        new CursorSecret(CURSOR_SECRET || (await keys.findOrMake())),
    },
  ],
  exports: [CursorSecret],
})
export class CursorsModule {}
