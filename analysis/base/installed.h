/* Files that come with the program. They lie beside it in the folder it was built in, and in share/homeward
 * and libexec/homeward where it is installed. No path is built in: what is installed may be moved. */
#ifndef HW_ANALYSIS_INSTALLED_H
#define HW_ANALYSIS_INSTALLED_H

/* The path of this program. Free it with free(), as all below. */
char *hw_installed_self(void);

/* A file such as "scenarios/quick.yaml", named as in the source: the one below the current folder, else the
 * one that came with the program. NULL when neither can be read. */
char *hw_installed_file(const char *name);
/* The same by its real path, to be shown and kept. */
char *hw_installed_real_file(const char *name);

/* Another program that came with this one, such as "homeward_allocations"; NULL when it is not there. */
char *hw_installed_program(const char *name);

#endif
