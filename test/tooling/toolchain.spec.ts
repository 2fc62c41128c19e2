import { Injectable, Module } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from 'vitest';

@Injectable()
class Greeter {
  readonly greeting = 'hello';
}

@Injectable()
class Caller {
  constructor(readonly greeter: Greeter) {}
}

@Module({ providers: [Greeter, Caller] })
class CallingModule {}

describe('the transformer of the tests', () => {
  it('emits the types of constructor parameters, which injection needs', async () => {
    const module = await Test.createTestingModule({ imports: [CallingModule] }).compile();
    expect(module.get(Caller).greeter.greeting).toBe('hello');
  });
});
