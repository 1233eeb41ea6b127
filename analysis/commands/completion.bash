# Completion of homeward for bash: commands, options, scenarios and results. It asks the program itself.
_homeward() {
    local program=${COMP_WORDS[0]} word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} names ending
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        names=$("$program" --help 2>/dev/null | sed -n '/^  homeward/q; s/^  \([a-z][a-z]*\) .*/\1/p')
        mapfile -t COMPREPLY < <(compgen -W "$names --help --version" -- "$word")
    elif [[ $word == -* ]]; then
        names=$("$program" "$command" --help 2>/dev/null | sed -n 's/^  \(-.,\|   \) \(--[a-z-]*\).*/\2/p')
        mapfile -t COMPREPLY < <(compgen -W "$names" -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -d -- "$word"; for ending in yaml yml h5; do compgen -f -X "!*.$ending" -- "$word"; done)
        compopt -o filenames 2>/dev/null
    fi
}
complete -F _homeward homeward ./homeward
