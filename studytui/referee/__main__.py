"""`python -m studytui.referee`: runs the server."""

from studytui.referee.server import main

if __name__ == "__main__":
    main()
