import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Module } from '@nestjs/common';
import { GraphQLModule } from '@nestjs/graphql';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CourseLesson, UserProgress } from './entities.js';
import { JwtGuard } from './jwt.guard.js';
import { UserProgressProxy } from './user-progress.proxy.js';
import { UserProgressResolver } from './user-progress.resolver.js';

/**
 * A literal implementation of the specification: NestJS on Express, Apollo, TypeORM; no rollups, no batches, no caches.
 */
@Module({
  imports: [
    TypeOrmModule.forRoot({
      type: 'postgres',
      url: process.env['DATABASE_URL']!,
      poolSize: Number(process.env['POOL_SIZE']),
      entities: [UserProgress, CourseLesson],
      installExtensions: false,
    }),
    TypeOrmModule.forFeature([UserProgress, CourseLesson]),
    JwtModule.register({ secret: process.env['JWT_SECRET']! }),
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      path: '/userProgress/graphql',
      autoSchemaFile: true,
      playground: false,
    }),
  ],
  providers: [JwtGuard, UserProgressProxy, UserProgressResolver],
})
export class AppModule {}
