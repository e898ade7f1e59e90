# whyred as an image: any of its commands, as any user, with nothing that must be written but what is mounted.
# `npm run test:image` runs these very steps without a container engine, and starts the result.
FROM docker.io/library/node:24-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build && npm prune --omit=dev

FROM docker.io/library/node:24-bookworm-slim
# A user without an entry in /etc/passwd, as OpenShift gives one, has no home of its own.
ENV NODE_ENV=production HOME=/tmp WHYRED_LOG=json
ENV WHYRED_CACHE_DIR=/var/cache/whyred WHYRED_STORE=/var/lib/whyred/store.sqlite
WORKDIR /app
COPY --from=build /build/package.json /build/LICENSE ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY --from=build /build/bin ./bin
# Group 0 is the one that every user of OpenShift is in.
RUN mkdir -p /var/cache/whyred /var/lib/whyred && chmod 0770 /var/cache/whyred /var/lib/whyred
VOLUME ["/var/cache/whyred", "/var/lib/whyred"]
USER 1001:0
EXPOSE 3000 8484 9464
ENTRYPOINT ["node", "bin/whyred.js"]
CMD ["help"]
