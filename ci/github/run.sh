#!/usr/bin/env bash
# The steps of the action. Everything comes from the environment (see action.yml); ends with the exit code of the first step that
# did not say yes: 0 allowed, 1 incompatible, 2 usage or input, 3 unknown, 4 no registry.
set -o pipefail

reports=$(mktemp -d "${RUNNER_TEMP:-/tmp}/interlock-reports.XXXXXX")
printed="$reports/printed.txt"
[ -n "$INTERLOCK_SERVER" ] || unset INTERLOCK_SERVER # an empty one is no address; the command has a default

paths=()
while read -r line; do [ -z "$line" ] || paths+=("$line"); done <<<"${PATHS:-.}"
services=()
while read -r line; do [ -z "$line" ] || services+=("$line"); done <<<"$SERVICES"

output() {
    echo "$1" >>"${GITHUB_OUTPUT:-/dev/null}"
}

# told TITLE COMMAND...: run it, and show what it prints in the log and, up to what GitHub takes, in the summary of the step.
told() {
    local title=$1 code quiet=$RANDOM$RANDOM$RANDOM
    shift
    "$@" >"$printed" 2>&1
    code=$?
    echo "::stop-commands::$quiet" # the text of a contract is no command to GitHub
    cat "$printed"
    echo "::$quiet::"
    {
        echo "### interlock $title: exit code $code"
        echo
        head -c 500000 "$printed" | sed 's/^/    /'
        echo
    } >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
    return "$code"
}

check() {
    local code
    told check interlock check ${AGAINST:+--against "$AGAINST"} \
        --report "json=$reports/check.json" --report "dotenv=$reports/check.env" "${paths[@]}"
    code=$?
    if [ -f "$reports/check.env" ]; then
        cat "$reports/check.env" >>"${GITHUB_OUTPUT:-/dev/null}"
        output "INTERLOCK_REPORT=$reports/check.json"
    fi
    return "$code"
}

publish() {
    local release=()
    [ "$RELEASE" != true ] || release=(--release)
    told publish interlock publish ${SERVICE_VERSION:+--service-version "$SERVICE_VERSION"} "${release[@]}" "${paths[@]}"
}

# for_services COMMAND OPTION: run it for every service; the worst code, where no answer is worse than no, and no than unknown.
for_services() {
    local worst=0 code service
    if [ "${#services[@]}" -eq 0 ] || [ -z "$ENVIRONMENT" ]; then
        echo "::error::$1 needs the inputs services and environment"
        return 2
    fi
    for service in "${services[@]}"; do
        told "$1 $service" interlock "$1" --service "$service" ${SERVICE_VERSION:+--version "$SERVICE_VERSION"} "$2" "$ENVIRONMENT"
        code=$?
        case "$worst,$code" in
            *,0 | 2,* | 4,* | 1,3) ;;
            *) worst=$code ;;
        esac
    done
    return "$worst"
}

can_i_deploy() {
    local code
    for_services can-i-deploy --to
    code=$?
    case $code in
        0) output INTERLOCK_DEPLOYABLE=yes ;;
        1) output INTERLOCK_DEPLOYABLE=no ;;
        3) output INTERLOCK_DEPLOYABLE=unknown ;;
    esac
    return "$code"
}

for step in ${STEPS//,/ }; do
    case $step in
        check) check || exit $? ;;
        publish) publish || exit $? ;;
        can-i-deploy) can_i_deploy || exit $? ;;
        record-deployment) for_services record-deployment --environment || exit $? ;;
        *)
            echo "::error::there is no step $step; there are check, publish, can-i-deploy and record-deployment"
            exit 2
            ;;
    esac
done
