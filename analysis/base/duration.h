/* Times as users write them. */
#ifndef HW_ANALYSIS_DURATION_H
#define HW_ANALYSIS_DURATION_H

/* "3h50m", "45m", "90s", "2h": seconds; negative when it is no time. */
double hw_duration_read(const char *text);

#endif
