# Compile with everything, …
FROM node:24-slim AS build
WORKDIR /service
COPY package.json package-lock.json .npmrc ./
# The bundler of the dashboard has its compiled part among the optional ones.
RUN npm ci --include=dev --include=optional --ignore-scripts
COPY tsconfig.json ./
COPY scripts scripts
COPY src src
COPY web web
RUN npm run build

# … install what runs, …
FROM node:24-slim AS dependencies
WORKDIR /service
COPY package.json package-lock.json .npmrc ./
# Node is in the image already, and none of these packages needs a script to be installed.
RUN npm ci --omit=dev --omit=optional --ignore-scripts

# … and ship without the compiler, as nobody in particular.
FROM node:24-slim
WORKDIR /service
ENV NODE_ENV=production
COPY --from=dependencies /service/node_modules node_modules
COPY --from=build /service/dist dist
COPY package.json ./
USER node
EXPOSE 3009
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT_USER_PROGRESS || process.env.PORT || 3009}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
