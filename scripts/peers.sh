#!/usr/bin/env bash
# Installs the real servers that `npm run test:cluster` and the chaos suites talk to, each at a fixed version, into
# .cache/peers (or $DESKHAND_PEERS). What is there stays; what cannot be installed is said, and its tests skip.
#   scripts/peers.sh [temporal] [toxiproxy] [moto] [dagster]      (these four when none is named)
#   scripts/peers.sh rapidocr invoice2data                         for `npm run bench:documents`
set -uo pipefail
cd "$(dirname "$0")/.." || exit 1
folder=${DESKHAND_PEERS:-$PWD/.cache/peers}
mkdir -p "$folder/bin"
status=0

# go_peer NAME MODULE@VERSION BUILT_NAME
go_peer() {
  [ -x "$folder/bin/$1" ] && return
  command -v go >/dev/null || { echo "$1: not installed, there is no Go here"; status=1; return; }
  echo "$1: building $2 (some minutes)"
  GOBIN="$folder/bin" GOFLAGS=-trimpath go install "$2" 2>&1 | grep -v '^go: downloading' >&2
  [ "$3" = "$1" ] || mv "$folder/bin/$3" "$folder/bin/$1" 2>/dev/null
  [ -x "$folder/bin/$1" ] || { echo "$1: the build failed"; status=1; }
}

# python_peer NAME PROGRAM PACKAGE==VERSION
python_peer() {
  [ -x "$folder/venv-$1/bin/$2" ] && return
  command -v python3 >/dev/null || { echo "$1: not installed, there is no Python here"; status=1; return; }
  echo "$1: installing $3"
  python3 -m venv "$folder/venv-$1" && "$folder/venv-$1/bin/pip" install -q --disable-pip-version-check $3 ||
    { echo "$1: the installation failed"; rm -rf "$folder/venv-$1"; status=1; }
}

for peer in ${@:-temporal toxiproxy moto dagster}; do
  case $peer in
    temporal) go_peer temporal github.com/temporalio/cli/cmd/temporal@v1.5.1 temporal ;;
    toxiproxy) go_peer toxiproxy-server github.com/Shopify/toxiproxy/v2/cmd/server@v2.5.0 server ;;
    moto) python_peer moto moto_server 'moto[server,stepfunctions,sqs]==5.2.5' ;;
    dagster) python_peer dagster dagster 'dagster==1.13.29' ;;
    rapidocr) python_peer rapidocr python "rapidocr==3.10.0 onnxruntime" ;;
    invoice2data) python_peer invoice2data invoice2data "invoice2data==1.0.1" ;;
    *) echo "No peer is named $peer; there are temporal, toxiproxy, moto, dagster, rapidocr and invoice2data"; exit 2 ;;
  esac
done
exit $status
