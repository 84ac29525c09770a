"""Methods that watch a process: control charts and run rules."""
