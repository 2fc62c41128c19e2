import { Module } from '@nestjs/common';
import { PersonalData } from './personal-data.js';

/** For modules that own tables with something of learners: it needs nothing else of the service. */
@Module({ providers: [PersonalData], exports: [PersonalData] })
export class PersonalDataModule {}
