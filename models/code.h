/* The code that worlds are made of, as a digest that the build makes (code.cmake). Whatever is kept to be
 * used again holds it, so that nobody is given the answer of other code. */
#ifndef HW_MODELS_CODE_H
#define HW_MODELS_CODE_H

extern const char hw_model_code[];

#endif
