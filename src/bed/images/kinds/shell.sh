# Nothing but the small tools: for containers whose command is written in the stack's own file.
layers="base"
entrypoint= command=/bin/sh
