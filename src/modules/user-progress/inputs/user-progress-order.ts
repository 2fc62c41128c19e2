import { registerEnumType } from '@nestjs/graphql';

export enum UserProgressOrder {
  CREATED_ASC = 'CREATED_ASC',
  UPDATED_DESC = 'UPDATED_DESC',
}

registerEnumType(UserProgressOrder, {
  name: 'UserProgressOrder',
  description: 'In which order records are listed.',
  valuesMap: {
    CREATED_ASC: { description: 'Oldest first.' },
    UPDATED_DESC: {
      description:
        'What changed last first; only for the records of one learner. Records move between pages as they change.',
    },
  },
});
