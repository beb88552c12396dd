# Base for images a stack builds itself: `uvicorn` and `python` start the stand-in that the file `standin` of the working
# folder names. Libraries are not installed into it.
layers="base tools standin"
entrypoint= command=/bin/sh
programs="uvicorn python"
