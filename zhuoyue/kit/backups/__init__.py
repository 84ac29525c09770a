"""一份备份：数据库、文件与审计锚点；可恢复到任一种数据库。

A backup: database, files and audit anchors in one archive, to be restored onto either database.
"""
