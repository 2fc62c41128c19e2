import { Global, Module } from '@nestjs/common';
import { ENVIRONMENT, loadEnvironment } from './environment.js';

/** The checked configuration, injectable everywhere. */
@Global()
@Module({
  providers: [{ provide: ENVIRONMENT, useFactory: () => loadEnvironment() }],
  exports: [ENVIRONMENT],
})
export class EnvironmentModule {}
