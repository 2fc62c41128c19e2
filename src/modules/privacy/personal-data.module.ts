import { Module } from '@nestjs/common';
import { PersonalData } from './personal-data.js';

/** For modules that own tables with personal data. It has no other dependency in the service. */
@Module({ providers: [PersonalData], exports: [PersonalData] })
export class PersonalDataModule {}
