"""site · 门户: arranges what the rooms hold: workbench, inbox, search, audit, first run."""
