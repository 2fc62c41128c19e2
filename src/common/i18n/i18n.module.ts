import { Global, Module } from '@nestjs/common';
import { Messages } from './messages.js';

/** Translated messages, injectable everywhere. */
@Global()
@Module({ providers: [Messages], exports: [Messages] })
export class I18nModule {}
