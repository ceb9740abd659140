# The image of 问策: bot, web server and ingest alike; compose.yaml says which is which.
# Node is the one that package.json brings to machines without Docker. Both stages name it by version: a
# digest would pin it to the byte, and is for whoever mirrors it (docker buildx imagetools inspect).

FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
# Where npm's own is slow or out of reach, a mirror of it: --build-arg NPM_CONFIG_REGISTRY=https://…
ARG NPM_CONFIG_REGISTRY
COPY package.json package-lock.json .npmrc ./
# Of what is optional only that Node is not needed: words are cut by a native package of the platform.
RUN npm ci --omit=dev && rm -r node_modules/node-linux-*

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="wence" \
      org.opencontainers.image.description="Answers about local economic policy, in the words of the local papers" \
      org.opencontainers.image.licenses="MIT"
# A volume that is empty takes the owner from here.
RUN install -d -o node -g node -m 700 /data
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json with-node24.js .env.example LICENSE ./
COPY prompts prompts
COPY src src
# All it writes is below /data, and for a while below /tmp; the rest may be read-only.
ENV NODE_ENV=production \
    WENCE_DATA_DIR=/data \
    PORT=8080 \
    NODE_COMPILE_CACHE=/tmp/node \
    NPM_CONFIG_CACHE=/tmp/npm \
    NPM_CONFIG_UPDATE_NOTIFIER=false
USER 1000:1000
VOLUME /data
EXPOSE 8080
# Node itself is the first process, so that it hears when it is to end: npm would stand between.
ENTRYPOINT ["node"]
CMD ["src/main.ts"]
HEALTHCHECK --start-period=2m --interval=30s --timeout=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
