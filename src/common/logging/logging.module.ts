import { Global, Module } from '@nestjs/common';
import { LoggerModule } from 'nestjs-pino';
import { ENVIRONMENT } from '../../config/environment.js';
import { loggerOptions } from './logger-options.js';
import { RequestLog } from './request-log.js';

/** Structured logs. `startLogger` puts them behind Nest's own `Logger`. */
@Global()
@Module({
  imports: [LoggerModule.forRootAsync({ inject: [ENVIRONMENT], useFactory: loggerOptions })],
  providers: [RequestLog],
  exports: [RequestLog, LoggerModule],
})
export class LoggingModule {}
