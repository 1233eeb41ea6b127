# Completion of homeward for bash: commands, options, scenarios and results, for import files of others. It asks the program itself.
_homeward() {
    local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} names ending endings='yaml yml h5'
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        names=$("$program" --help 2>/dev/null | sed -n '/^  homeward/q; s/^  \([a-z][a-z]*\) .*/\1/p')
        mapfile -t COMPREPLY < <(compgen -W "$names --help --version" -- "$word")
    elif [[ $word == -* ]]; then
        names=$("$program" "$command" --help 2>/dev/null | sed -n 's/^  \(-.,\|   \) \(--[a-z-]*\).*/\2/p')
        mapfile -t COMPREPLY < <(compgen -W "$names" -- "$word")
    else
        [ "$command" != import ] || endings='xml csv tsv geojson json yaml yml'
        mapfile -t COMPREPLY < <(compgen -d -- "$word"; for ending in $endings; do compgen -f -X "!*.$ending" -- "$word"; done)
        compopt -o filenames 2>/dev/null
    fi
}
complete -F _homeward homeward ./homeward
