#!/usr/bin/env bash
# Records the longest ended run of each workflow of a Temporal server into tests/histories/temporal, where
# `npm run test:cluster` replays them under the code of the day. Run it beside a Monday (tests/cluster/temporal-monday.test.ts):
#   scripts/record-temporal-histories.sh 127.0.0.1:7233 NAME_OF_RELEASE
set -euo pipefail
cd "$(dirname "$0")/.."
address=$1 release=$2
temporal=${DESKHAND_PEERS:-.cache/peers}/bin/temporal
for workflow in handle-message handle-document; do
  longest=$("$temporal" workflow list --address "$address" --query "WorkflowType = '$workflow'" --limit 100 -o json |
    node -e 'const all = JSON.parse(require("fs").readFileSync(0, "utf8"));
      all.sort((a, b) => Number(b.historyLength) - Number(a.historyLength)); console.log(all[0].execution.workflowId)')
  "$temporal" workflow show --address "$address" --workflow-id "$longest" -o json >"tests/histories/temporal/$release-$workflow.json"
done
