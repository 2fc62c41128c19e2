import { Global, Module } from '@nestjs/common';
import { Authenticator } from '../../common/graphql/authenticator.js';
import { CourseCatalogModule } from '../course-catalog/course-catalog.module.js';
import { UserDirectoryModule } from '../user-directory/user-directory.module.js';
import { AccessPolicy } from './access-policy.js';
import { TokenAuthenticator } from './token-authenticator.js';
import { TokenVerifier } from './token-verifier.js';

/** Identifies the asker, and decides what they may do. */
@Global()
@Module({
  imports: [CourseCatalogModule, UserDirectoryModule],
  providers: [
    AccessPolicy,
    TokenVerifier,
    { provide: Authenticator, useClass: TokenAuthenticator },
  ],
  exports: [AccessPolicy, Authenticator],
})
export class AuthModule {}
