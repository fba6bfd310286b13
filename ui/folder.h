// ui: a temporary folder that never stays behind.
#ifndef SIX_UI_FOLDER_H
#define SIX_UI_FOLDER_H

// Makes a folder of its own (0700) and calls work(context, folder) in a child process; whatever happens there, an end, a
// crash, a signal to either, the folder is removed afterwards. Returns the work's status, or another after a message.
int ui_in_folder(int (*work)(void *context, const char *folder), void *context);

// Makes a folder inside; 0, or an exit status after a message.
int ui_make_folder(const char *path);

#endif
