import { registerEnumType } from '@nestjs/graphql';

export enum MyCoursesOrder {
  TITLE_ASC = 'TITLE_ASC',
  LEARNERS_DESC = 'LEARNERS_DESC',
  AT_RISK_DESC = 'AT_RISK_DESC',
}

registerEnumType(MyCoursesOrder, {
  name: 'MyCoursesOrder',
  description: 'In which order courses are listed.',
  valuesMap: {
    TITLE_ASC: { description: 'By title; courses of which none is known first.' },
    LEARNERS_DESC: { description: 'Those with most learners first.' },
    AT_RISK_DESC: { description: 'Those with most learners at risk first.' },
  },
});
